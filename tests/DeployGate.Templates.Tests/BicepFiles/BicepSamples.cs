namespace DeployGate.Templates.Tests.BicepFiles;

/// <summary>Texts that between them use every rule of the grammar; other tests cut and bend them.</summary>
internal static class BicepSamples
{
    internal static readonly IReadOnlyDictionary<string, string> All = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["image"] = """"
            targetScope = 'resourceGroup'
            metadata name = 'An image and a machine'
            import { sizeType, prefix as namePrefix } from 'shared/types.bicep'
            import * as common from 'br/public:common/all:1.0.0'

            @description('''
            Where it goes: don't ask ${why}.
            ''')
            @allowed([
              'westeurope' // first
              /* second */ 'northeurope'
            ])
            param location string = 'westeurope'

            @secure()
            #disable-next-line secure-parameter-default
            param password string = newGuid()
            param count int = 9223372036854775807
            param options {
              @minValue(-1)
              size: ('small' | 'large')?
              tags: { *: string }[]
              'odd-name': resourceInput<
                'Microsoft.Compute/images@2024-07-01'
              >.properties?
            } = { size: null, tags: [] }

            var isLarge = options.?size == 'large' && !empty(options.tags) || count - 1 >= 2 ?? false
            var image = isLarge
              ? { offer: 'WindowsServer', sku: '2022' }
              : count > 3
                ? any({})
                : {
                    offer: 'ubuntu-${toLower('${location}-\u{41}\$')}'
                    ...common.defaults
                  }
            var sizes array = [for (s, i) in range(0, count): 'Standard_D${s % 4 + i * 2}s_v5']

            resource source 'Microsoft.Storage/storageAccounts@2023-05-01' existing = {
              scope: resourceGroup('other')
              name: '${namePrefix}disks'
              resource blobs 'blobServices' existing = {
                name: 'default'
              }
            }

            resource img 'Microsoft.Compute/images@2024-07-01' = if (isLarge) {
              name: 'img'
              location: location
              properties: {
                storageProfile: {
                  osDisk: { osType: 'Windows', osState: 'Generalized', blobUri: '${source.properties.primaryEndpoints.blob}vhds/win.vhd' }
                }
              }
            }

            @batchSize(1)
            resource vms 'Microsoft.Compute/virtualMachines@2024-07-01' = [for (name, i) in sizes: if (i != 0) {
              name: name
              properties: {
                storageProfile: { imageReference: { id: img!.id } }
                '${name}-key': sizes[^1]
              }
              dependsOn: [
                source::blobs
              ]
            }]

            output ids string[] = map(sizes, (s, i) =>
              vms[i].?id ?? vms[?0].id)
            """",
        ["language"] = """"
            // every other rule
            type level = -1 | 0 | 1
            type names =
              | 'a'
              | 'b'
            type pair = [string, @maxLength(3) level]
            type deep = pair[0] | names! | common.items[*].name | sys.string
            func greet(who string, times int?) string =>
              '''Hello''' == who ? $'''
            ${who} says '${times ?? 1}' ''''' : $$'''no ${hole}, one $${who}'''
            extension kubernetes with {
              namespace: 'default'
            } as k8s
            assert small = length([1, 2
              3]) <= 3
            test run 'main.bicep' = {
              params: { if: 1, in: 'x', for: true, resource: null }
            }
            module net 'net.bicep' =
              if (!contains(levels, 'x') =~ true) {
                name: 'net'
                params: {
                  items: [...first, ...(second)]
                }
              }
            module many 'br:example.azurecr.io/bicep/x:v1' = [
              for x in [for y in [[1]]: y[0]]: {
                name: '${x}${x}'
              }
            ]
            output total int = (
              reduce([1], 0, (a, b) => a + -b)
            )
            """",
        ["parameters"] = """"
            using './main.bicep' with {
              mode: 'deployment'
            }
            extends 'base.bicepparam'
            extensionConfig k8s with {
              kubeConfig: az.getSecret('s', 'g', 'v', 'n')
            }
            var prefix = readEnvironmentVariable('PREFIX', 'dev')
            param name = '${prefix}-vm'
            param nothing = null
            param tags = { ...base.tags, env: prefix }
            param list = [
              1, 2
              prefix == 'dev' ? 3 : 4
            ]
            """",
    };
}
