namespace Incidents.TestKit;

/// <summary>A fresh folder below the system's temporary one; removed on disposal. Other users may enter it (PostgreSQL runs as its own).</summary>
public sealed class TemporaryFolder : IDisposable
{
    public TemporaryFolder(string prefix = "incidents-")
    {
        Path = Directory.CreateTempSubdirectory(prefix).FullName;
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
                | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        }
    }

    public string Path { get; }

    public string PathTo(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Already gone is what was wanted.
        }
        catch (IOException)
        {
            // A process that was just killed may still be writing; the system's temporary folder is cleaned by its owner.
        }
    }
}
