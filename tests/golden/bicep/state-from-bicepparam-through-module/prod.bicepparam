using 'main.bicep'

param osState = 'Specialized'
