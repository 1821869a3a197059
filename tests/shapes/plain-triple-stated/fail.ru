INSERT DATA { GRAPH graph:asserted { her2:Emodin her2:directedAgainst her2:HER2 } }
