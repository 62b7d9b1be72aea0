"""Files from outside: read by well-kept readers, in a process of its own with limits (decision 0051).

`reader` is what the product calls. Everything else here runs in the process that it starts, which imports nothing of
Django and holds no secret.
"""
