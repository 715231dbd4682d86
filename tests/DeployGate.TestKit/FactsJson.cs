using System.Text;
using System.Text.Json;
using DeployGate.ControlPlane.FactsFiles;
using DeployGate.Core.Values;

namespace DeployGate.TestKit;

/// <summary>The JSON of a resource, as Azure would send it.</summary>
public static class FactsJson
{
    /// <summary>The JSON text.</summary>
    public static string Of(ObjectValue body)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            ValueJson.Write(json, body);
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
