using System.Security.Cryptography;
using Incidents.Access.Keys;

namespace Incidents.Access;

/// <summary>
/// The admin key that needs no database: from the settings, or generated at the first start into the file <c>token</c> of the data directory,
/// readable by its owner only, and read from there at every later start.
/// </summary>
public sealed class BootstrapToken
{
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

    private static string? Read(string file)
    {
        if (!System.IO.File.Exists(file))
            return null;
        var value = System.IO.File.ReadAllText(file).Trim();
        return value.Length > 0 ? value : null;
    }

    /// <summary>Written beside and moved into place: whoever starts at the same moment, both end with the token that is in the file.</summary>
    private static string Create(string file)
    {
        var temporary = $"{file}.{Guid.NewGuid():N}";
        var how = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var writer = new StreamWriter(temporary, how))
            writer.WriteLine(KeySecret.New());
        try
        {
            System.IO.File.Move(temporary, file, overwrite: System.IO.File.Exists(file) && Read(file) is null);
        }
        catch (IOException) when (Read(file) is not null)
        {
            System.IO.File.Delete(temporary);
        }

        return Read(file) ?? throw new IOException($"The API token could not be kept in {file}.");
    }
}
