"""The pages of the IT officer under /may-chu/: health, accounts, jobs, backups. Never what the tables hold."""
