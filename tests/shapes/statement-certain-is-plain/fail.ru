DELETE DATA { her2:Trastuzumab her2:directedAgainst her2:HER2 }
