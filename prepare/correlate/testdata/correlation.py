"""Says what NumPy's correlation of two rows of counts is: two rows a line, one answer each."""
import json
import sys

import numpy as np

np.seterr(all="ignore")
for line in sys.stdin:
    a, b = json.loads(line)
    r = np.corrcoef(a, b)[0, 1] if a else np.nan
    print(json.dumps(None if np.isnan(r) else r))
