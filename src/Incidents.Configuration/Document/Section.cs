namespace Incidents.Configuration.Document;

/// <summary>
/// One top-level section: how an item of it is read, and its canonical form, which is what is stored, compared and exported.
/// Reading what was written gives an equal value; writing leaves out what is default.
/// </summary>
internal abstract class Section
{
    /// <summary>The key in the document: <c>people</c>.</summary>
    public abstract string Key { get; }

    /// <summary>One item of it, in answers and in storage: <c>person</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>The key of an item that holds its name; null: the name is computed.</summary>
    public virtual string? Identity => "name";

    /// <summary>The document holds one mapping, not a list.</summary>
    public virtual bool Single => false;

    /// <summary>The order of the items has a meaning: moving one is a change.</summary>
    public virtual bool Ordered => false;

    public abstract Item? Read(Node node, string path, MapReader document);

    public abstract MapNode Write(object value);

    /// <summary>A path of an item for messages; <paramref name="name"/> is its name.</summary>
    public string PathOf(string name) => Single ? Key : $"{Key}[{name}]";
}

/// <summary>A typed value of a section with its canonical form. <paramref name="Formerly"/>: the name that it had, when the document renames it.</summary>
internal sealed record Item(Section Section, string Name, string? Formerly, object Value, MapNode Body, string Path)
{
    public T As<T>() => (T)Value;
}

internal abstract class Section<T> : Section where T : class
{
    protected abstract T ReadValue(MapReader map);

    protected abstract MapNode WriteValue(T value);

    protected abstract string NameOf(T value);

    public sealed override MapNode Write(object value) => WriteValue((T)value);

    public sealed override Item? Read(Node node, string path, MapReader document)
    {
        string? formerly = null;
        var value = document.Map(node, path, map =>
        {
            var read = ReadValue(map);
            if (Identity is not null)
                formerly = map.OptionalText("formerly", Scalars.Name);
            return read;
        });
        if (value is null)
            return null;
        var name = NameOf(value);
        return name.Length == 0 ? null : new Item(this, name, formerly, value, WriteValue(value), path);
    }
}
