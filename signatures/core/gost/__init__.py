"""Russian digital signature: GOST R 34.10-2012 and Streebog (GOST R 34.11-2012), written from the RFCs."""
