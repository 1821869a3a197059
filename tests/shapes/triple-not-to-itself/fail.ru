INSERT DATA { her2:HER2 her2:heterodimerizesWith her2:HER2 }
