using 'main.bicep'

param osState = 'Generalized'
