"""The command line."""

import sys

# Two packages that others load where they are there, and that take longer to load than all else: jsonschema
# a grammar of web addresses, which no rule of a notebook's form asks for; a kernel a debugger, which no
# notebook that a command runs asks for.
for _unasked in ("rfc3987_syntax", "debugpy"):
    sys.modules.setdefault(_unasked, None)  # type: ignore[arg-type]
