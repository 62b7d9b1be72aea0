"""The worker that runs the jobs of all apps (chibo.lib.jobs), over a queue in the database."""
