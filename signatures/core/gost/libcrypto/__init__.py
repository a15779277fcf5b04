"""The back-end over the OpenSSL of the system, called by ctypes.

Nothing is set in the library as a whole: everything lives in a private OSSL_LIB_CTX and is freed with its Python owner.
"""
