namespace Incidents.Simulator;

/// <summary>International telephone numbers: a plus sign and 2 to 15 digits, the first not 0 (ITU-T E.164).</summary>
internal static class E164
{
    public static bool IsValid(string number) =>
        number is ['+', >= '1' and <= '9', _, ..] && number.Length <= 16 && number.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0;
}
