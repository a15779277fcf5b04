"""CRLs and OCSP responses: reading only, the judgement belongs to `revocation`."""
