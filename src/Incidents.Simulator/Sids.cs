namespace Incidents.Simulator;

/// <summary>The vendor's identifiers: a two-letter prefix and 32 hexadecimal digits.</summary>
internal static class Sids
{
    public static string Call() => "CA" + Guid.NewGuid().ToString("N");

    public static string Message() => "SM" + Guid.NewGuid().ToString("N");
}
