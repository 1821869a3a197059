INSERT DATA { her2:Prognosis her2:notExactMatch mesh:D016896 . mesh:D016896 skos:editorialNote "The outcome, not what is expected."@en }
