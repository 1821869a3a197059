DELETE DATA { her2:HER2HER3Heterodimer her2:hasPartner her2:HER3 } ;
INSERT DATA { her2:HER2HER3Heterodimer her2:hasPartner her2:HER4 }
