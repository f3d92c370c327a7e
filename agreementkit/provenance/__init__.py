"""What a written file was made from: read back from the file, and compared with what is here now."""

from agreementkit.provenance.record import Comparison, Provenance

__all__ = ["Comparison", "Provenance"]
