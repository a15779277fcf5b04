"""X.509 certificates and PKCS#10 requests, read by the strict reader."""
