using System.Text.Json;
using DeployGate.Sbom;

if (args is not [var lockFile, var version, var target])
{
    Console.Error.WriteLine("usage: DeployGate.Sbom LOCK_FILE VERSION OUT_FILE");
    return 2;
}

using var document = JsonDocument.Parse(File.ReadAllBytes(lockFile));
var packages = LockFile.Read(document.RootElement);
using var output = new MemoryStream();
CycloneDx.Write(output, version, packages);
File.WriteAllBytes(target, output.ToArray());
Console.WriteLine($"{target}: {packages.Count} components");
return 0;
