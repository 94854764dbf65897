namespace Incidents.Server.Composition;

/// <summary>The data directory, and the lock that keeps a second process off the same SQLite file. Released with the process, also after kill -9.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly FileStream? held;

    private DataFolder(FileStream? held) => this.held = held;

    /// <exception cref="IOException">Another process works on this directory, or it cannot be written; the message says which.</exception>
    public static DataFolder Open(string path, bool exclusive)
    {
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw new IOException($"DataDirectory '{path}' cannot be created: {e.Message}", e);
        }
        if (!exclusive)
            return new DataFolder(null);
        try
        {
            return new DataFolder(new FileStream(Path.Combine(path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw new IOException($"DataDirectory '{path}' is in use by another process: SQLite serves one process. Stop that one, or choose another directory.", e);
        }
    }

    public void Dispose() => held?.Dispose();
}
