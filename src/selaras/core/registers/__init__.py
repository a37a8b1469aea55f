"""Stage registers: records that prove an indicator, counted by rules that are data: requests, complaints, promises.

Import from the modules. `definition` says what a register is and `soundness` when it can be used; `records` are its
rows, `reading` takes them in, `steps` moves them from state to state; `clock` counts days by a `day_table`, `facts` is all that a
filter may ask, `filters` the filter itself; `counting` makes a figure with the records behind it and `binding` ties it to an
indicator. `privacy`, `retention`, `numbering`, `letters`, `diagram`, `heat` and `overview` serve the desk; `survey` is
the satisfaction survey, `standards` the service standards. Presets come from `rulebook.registers`.
"""
