"""Moving between cells: one row, two sides that both confirm; across tenants by a signed package."""
