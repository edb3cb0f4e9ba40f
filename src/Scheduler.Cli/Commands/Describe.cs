using System.CommandLine;
using Scheduler.Core.Formats.Descriptions;
using Scheduler.Core.Protocols.Compilation;

namespace Scheduler.Cli.Commands;

/// <summary><c>scheduler describe FILE</c></summary>
internal static class Describe
{
    public static Command Make(Surroundings around)
    {
        var file = new Argument<string>("FILE") { Description = "A protocol's YAML file." };
        var set = new ParameterOption();
        var format = new Option<string>("--format") { Description = "How to print it: text, or a page of HTML that needs nothing else.", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "html");
        var command = new Command("describe", "Says a protocol in plain sentences, with a table of its visits by week, its sources and its assumptions.") { file, set, format };
        command.SetAction(parsed =>
        {
            var name = parsed.GetValue(file)!;
            var description = ProtocolDescription.Of(around.Use(ProtocolCompiler.Compile(name, around.ReadText(name), set.Read(parsed))));
            around.Output.Write(parsed.GetValue(format) == "html" ? DescriptionHtml.Write(description) : DescriptionText.Write(description));
        });
        return command;
    }
}
