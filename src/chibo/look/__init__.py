"""The design system: style sheet, icons, base pages, template tags, form fields and scripts that every screen uses."""
