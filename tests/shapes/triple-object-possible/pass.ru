INSERT DATA { her2:Emodin her2:inhibits her2:BreastCancer }
