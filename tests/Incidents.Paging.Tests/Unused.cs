using System.Reflection;

namespace Incidents.Paging.Tests;

/// <summary>A seam that no test here comes to.</summary>
public class Unused : DispatchProxy
{
    public static T Of<T>() where T : class => Create<T, Unused>();

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => throw new InvalidOperationException($"{targetMethod?.Name} is not part of this.");
}
