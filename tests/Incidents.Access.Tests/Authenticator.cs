using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Incidents.Access.Tests;

/// <summary>An authenticator in software (WebAuthn level 2, ES256, attestation none): what a phone does, with the faults that a test asks for.</summary>
internal sealed class Authenticator : IDisposable
{
    private const byte UserPresent = 0x01, UserVerified = 0x04, HasKey = 0x40;

    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] id = RandomNumberGenerator.GetBytes(32);
    private string userHandle = "";
    private uint count;

    /// <summary>Whether it recognises its owner, by finger or PIN.</summary>
    public bool Verifies { get; set; } = true;

    /// <summary>Answers <c>navigator.credentials.create</c>.</summary>
    public object Make(JsonElement options, string origin)
    {
        userHandle = options.GetProperty("user").GetProperty("id").GetString()!;
        var client = Client("webauthn.create", options, origin);
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        byte[] cose = [0xA5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20, .. point.X!, 0x22, 0x58, 0x20, .. point.Y!];
        byte[] data = [.. Head(options.GetProperty("rp").GetProperty("id").GetString()!, HasKey), .. new byte[16], 0, (byte)id.Length, .. id, .. cose];
        byte[] attestation = [0xA3, 0x63, .. "fmt"u8, 0x64, .. "none"u8, 0x67, .. "attStmt"u8, 0xA0, 0x68, .. "authData"u8, 0x58, (byte)data.Length, .. data];
        return Credential(new { clientDataJSON = Base64Url.EncodeToString(client), attestationObject = Base64Url.EncodeToString(attestation), transports = new[] { "internal" } });
    }

    /// <summary>Answers <c>navigator.credentials.get</c>.</summary>
    public object Answer(JsonElement options, string origin)
    {
        var client = Client("webauthn.get", options, origin);
        var data = Head(options.GetProperty("rpId").GetString()!, 0);
        var signature = key.SignData([.. data, .. SHA256.HashData(client)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return Credential(new
        {
            clientDataJSON = Base64Url.EncodeToString(client),
            authenticatorData = Base64Url.EncodeToString(data),
            signature = Base64Url.EncodeToString(signature),
            userHandle,
        });
    }

    private static byte[] Client(string type, JsonElement options, string origin)
        => Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { type, challenge = options.GetProperty("challenge").GetString(), origin, crossOrigin = false }));

    private byte[] Head(string party, byte flags)
    {
        var counter = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(counter, ++count);
        return [.. SHA256.HashData(Encoding.UTF8.GetBytes(party)), (byte)(flags | UserPresent | (Verifies ? UserVerified : 0)), .. counter];
    }

    private object Credential(object response) => new
    {
        id = Base64Url.EncodeToString(id),
        rawId = Base64Url.EncodeToString(id),
        type = "public-key",
        clientExtensionResults = new { },
        response,
    };

    public void Dispose() => key.Dispose();
}
