using System.Security.Cryptography;
using System.Text;
using Incidents.Access.Keys;

namespace Incidents.Access;

/// <summary>
/// The admin key that needs no database: from the settings, or generated at the first start into the file <c>token</c> of the data directory,
/// readable by its owner only, and read from there at every later start.
/// </summary>
public sealed class BootstrapToken
{
    private const int LockTries = 500;
    private static readonly TimeSpan LockPause = TimeSpan.FromMilliseconds(10);

    private readonly byte[] hash;

    private BootstrapToken(string value, string? file)
    {
        Value = value;
        File = file;
        hash = KeySecret.Hash(value);
    }

    /// <summary>Secret; to be printed where the operator starts the server by hand, never logged.</summary>
    public string Value { get; }

    /// <summary>Where a generated token is kept; null when it comes from the settings.</summary>
    public string? File { get; }

    /// <summary>Compares in a time that tells nothing about where they differ.</summary>
    internal bool Is(byte[] keyHash) => CryptographicOperations.FixedTimeEquals(hash, keyHash);

    internal static BootstrapToken Obtain(AccessOptions options, string dataDirectory)
    {
        if (!string.IsNullOrEmpty(options.BootstrapToken))
            return new BootstrapToken(options.BootstrapToken, file: null);

        Directory.CreateDirectory(dataDirectory);
        var file = Path.Combine(dataDirectory, "token");
        return new BootstrapToken(Read(file) ?? Create(file), file);
    }

    /// <summary>Null: nobody has written it yet, or somebody is writing it now.</summary>
    private static string? Read(string file)
    {
        try
        {
            var value = System.IO.File.Exists(file) ? System.IO.File.ReadAllText(file).Trim() : "";
            return value.Length > 0 ? value : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>
    /// Under the file's own lock: whoever starts at the same moment, all end with the one token that is in it. (Moving a finished file into place
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
