using BenchmarkDotNet.Running;

// dotnet run -c Release --project tests/Incidents.Benchmarks -- --filter '*' --job short --inProcess
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args.Length > 0 ? args : ["--filter", "*"]);
