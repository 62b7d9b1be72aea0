"""The design system that every screen uses: style sheet, icons, base pages, tags, form fields and scripts."""
