"""Running Chibo on a machine: the database, tenants, backup, health, and the commands of bin/chibo."""
