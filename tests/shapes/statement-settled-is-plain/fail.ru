DELETE DATA { her2:HER2Gene her2:encodes her2:HER2 }
