"""SMS, e-mail, push and letters of the stand; nothing leaves the machine."""
