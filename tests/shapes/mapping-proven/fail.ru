INSERT DATA { her2:HER2 her2:notProven mesh:D018719 }
