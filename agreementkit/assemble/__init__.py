"""Assembly: configuration and bank become documents: clauses chosen, values filled, one tree an agreement."""

from agreementkit.assemble.document import Assembled, assemble_documents

__all__ = ["Assembled", "assemble_documents"]
