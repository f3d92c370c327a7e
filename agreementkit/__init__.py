"""agreementkit: annotated Partnership and Trade Union Recognition Agreements from a clause bank."""
