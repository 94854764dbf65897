using System.Text.Json;

namespace Incidents.Kernel;

/// <summary>
/// A text that is always one of a closed list of words: the API's description shows them as an enumeration.
/// Given as words, or as an enum (its names in camelCase) or a class of constants that holds them.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class WordsAttribute : Attribute
{
    public WordsAttribute(params string[] words) => Words = words;

    public WordsAttribute(Type holder) => Words = holder.IsEnum
        ? [.. Enum.GetNames(holder).Select(JsonNamingPolicy.CamelCase.ConvertName)]
        : [.. holder.GetFields().Where(f => f is { IsLiteral: true, IsPublic: true } && f.FieldType == typeof(string)).Select(f => (string)f.GetRawConstantValue()!)];

    public IReadOnlyList<string> Words { get; }
}
