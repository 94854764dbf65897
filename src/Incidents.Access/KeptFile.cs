using System.Text;
using Incidents.Access.Keys;

namespace Incidents.Access;

/// <summary>A secret that is made once and kept in a file of the data directory, readable by its owner only.</summary>
internal static class KeptFile
{
    private const int LockTries = 500;
    private static readonly TimeSpan LockPause = TimeSpan.FromMilliseconds(10);

    /// <summary>What is in the file; if there is none it is made, or with <paramref name="make"/> false null is answered.</summary>
    public static string? Obtain(string file, bool make = true)
    {
        if (Read(file) is { } there)
            return there;
        if (!make)
            return null;
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        return Create(file);
    }

    /// <summary>Null: nobody has written it yet, or somebody is writing it now.</summary>
    private static string? Read(string file)
    {
        try
        {
            var value = File.Exists(file) ? File.ReadAllText(file).Trim() : "";
            return value.Length > 0 ? value : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>
    /// Under the file's own lock: whoever starts at the same moment, all end with the one secret that is in it. (Moving a finished file into place
    /// without overwriting is not one step on every file system.)
    /// </summary>
    private static string Create(string file)
    {
        var how = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
            how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var pause = new ManualResetEventSlim();
        for (var tries = 0; ; tries++)
        {
            try
            {
                using var stream = new FileStream(file, how);
                using var reader = new StreamReader(stream, leaveOpen: true);
                if (reader.ReadToEnd().Trim() is { Length: > 0 } there)
                    return there;
                var made = KeySecret.New();
                stream.Write(Encoding.ASCII.GetBytes(made + "\n"));
                stream.Flush(flushToDisk: true);
                return made;
            }
            catch (IOException) when (tries < LockTries)
            {
                pause.Wait(LockPause);
            }
        }
    }
}
