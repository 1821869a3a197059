DELETE { her2:Radicicol skos:definition ?definition }
INSERT { her2:Radicicol skos:definition "therapeutic agent that is an epoxyradicicolide"@en }
WHERE { her2:Radicicol skos:definition ?definition }
