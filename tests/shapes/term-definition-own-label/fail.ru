DELETE { her2:Radicicol skos:definition ?definition }
INSERT { her2:Radicicol skos:definition "therapeutic agent that contains Radicicol, a macrolide"@en }
WHERE { her2:Radicicol skos:definition ?definition }
