using DeployGate.Site;

if (args.Length != 2 || !File.Exists(Path.Combine(args[0], "README.md")))
{
    Console.Error.WriteLine("usage: DeployGate.Site REPOSITORY OUT");
    return 2;
}

if (Directory.Exists(args[1]) && Directory.EnumerateFileSystemEntries(args[1]).Any())
{
    Console.Error.WriteLine($"'{args[1]}' is not empty: name a folder that is not there yet");
    return 2;
}

var site = SiteBuilder.Build(args[0]);
foreach (var file in site)
{
    var path = Path.Combine(args[1], file.Path);
    Directory.CreateDirectory(Path.GetDirectoryName(path)!);
    File.WriteAllText(path, file.Content);
}

Console.WriteLine($"{site.Count} files: {Path.Combine(args[1], "index.html")}");
return 0;
