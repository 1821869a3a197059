INSERT DATA { her2:BreastCancer her2:directedAgainst her2:HER2 . her2:Certain her2:targets her2:HER2 }
