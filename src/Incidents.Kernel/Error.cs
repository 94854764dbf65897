namespace Incidents.Kernel;

/// <summary>One fault: where (a path into the document or body, <c>levels[0].timeout</c>) and what would fix it.</summary>
public sealed record Fault(string Path, string Message);

public enum ErrorKind { Invalid, NotFound, Conflict, Forbidden, Unauthorized, Stale, Malformed, TooLarge, Unavailable, LimitReached }

/// <summary>An expected failure. Bugs and infrastructure throw; this is what a caller can mend.</summary>
public sealed record Error(ErrorKind Kind, string Code, string Title, IReadOnlyList<Fault> Faults)
{
    public static Error Invalid(string path, string message) => new(ErrorKind.Invalid, "invalid", "The request is not valid.", [new Fault(path, message)]);
    public static Error Invalid(IReadOnlyList<Fault> faults) => new(ErrorKind.Invalid, "invalid", "The request is not valid.", faults);
    public static Error Malformed(string message) => new(ErrorKind.Malformed, "malformed", message, []);
    public static Error NotFound(string what) => new(ErrorKind.NotFound, "not-found", what, []);
    public static Error Conflict(string code, string title) => new(ErrorKind.Conflict, code, title, []);
    public static Error Forbidden(string title) => new(ErrorKind.Forbidden, "forbidden", title, []);
}

/// <summary>A value or an <see cref="Error"/>; never both.</summary>
public readonly struct Result<T>
{
    private readonly T? value;

    private Result(T? value, Error? error)
    {
        this.value = value;
        Error = error;
    }

    public Error? Error { get; }
    public bool IsOk => Error is null;
    public T Value => Error is null ? value! : throw new InvalidOperationException("No value: " + Error.Title);

    public static implicit operator Result<T>(T value) => new(value, error: null);
    public static implicit operator Result<T>(Error error) => new(default, error);
}
