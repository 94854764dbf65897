namespace Incidents.TestKit;

/// <summary>Paths inside the checkout that the tests were built from.</summary>
public static class RepositoryFolder
{
    /// <summary>The folder that holds global.json and src.</summary>
    public static string Root { get; } = FindRoot();

    public static string PathTo(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>
    /// The built server: <c>INCIDENTS_SERVER_DLL</c> when set (by ./test), else the newest output of src/Incidents.Server.
    /// </summary>
    /// <exception cref="FileNotFoundException">The server was never built.</exception>
    public static string ServerAssembly()
    {
        var given = Environment.GetEnvironmentVariable("INCIDENTS_SERVER_DLL");
        if (!string.IsNullOrEmpty(given)) return given;

        var output = PathTo("src", "Incidents.Server", "bin");
        var newest = Directory.Exists(output)
            ? Directory.EnumerateFiles(output, "Incidents.Server.dll", SearchOption.AllDirectories).MaxBy(File.GetLastWriteTimeUtc)
            : null;
        return newest ?? throw new FileNotFoundException("Build src/Incidents.Server first.", output);
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "global.json")) && Directory.Exists(Path.Combine(folder.FullName, "src")))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException("No checkout above " + AppContext.BaseDirectory);
    }
}
