"""The written access rule and the data-protection assessment, made from the configuration that is in force."""
