"""Comments that allow findings: `# tiercel: allow[NAME] until DATE: reason`."""
