using Incidents.Cli;

return await CommandLine.Run(args, Console.In, Console.Out, Console.Error, Environment.GetEnvironmentVariable, CancellationToken.None);
