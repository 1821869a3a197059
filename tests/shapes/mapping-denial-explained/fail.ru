INSERT DATA { her2:Prognosis her2:notExactMatch mesh:D016896 }
