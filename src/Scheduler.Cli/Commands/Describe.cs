using System.CommandLine;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Formats.Descriptions;

namespace Scheduler.Cli.Commands;

/// <summary><c>scheduler describe FILE</c></summary>
internal static class Describe
{
    public static Command Make(Surroundings around)
    {
        var file = new Argument<string>("FILE") { Description = "A protocol's YAML file." };
        file.Validators.Add(result => Values.RefuseNothing(result, "FILE"));
        var set = new ParameterOption();
        var format = Values.OneOf("--format", "How to print it: text, or a page of HTML that needs nothing else.", "text", "html");
        var command = new Command("describe", "Says a protocol in plain sentences, with a table of its visits by week, its sources and its assumptions.") { file, set, format };
        command.SetAction(parsed =>
        {
            var name = parsed.GetValue(file)!;
            var description = ProtocolDescription.Of(around.Use(new ChosenValues(name, made: null, set.Written(parsed)).Compile(around.ReadText(name))));
            around.Output.Write(parsed.GetValue(format) == "html" ? DescriptionHtml.Write(description) : PlainText.OfLines(DescriptionText.Write(description)));
        });
        return command;
    }
}
