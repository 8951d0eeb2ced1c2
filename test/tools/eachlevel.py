"""lit test format: a test that builds %exe passes if it does at every level."""
import copy

import lit.formats
import lit.Test


class EachLevel(lit.formats.ShTest):
    def __init__(self, levels):
        super().__init__(execute_external=False)
        self.levels = levels  # for example ["O0", "O2"]

    def execute(self, test, lit_config):
        with open(test.getSourcePath(), encoding="utf-8") as source:
            levels = self.levels if "%exe" in source.read() else ["O2"]
        base = test.config
        output = ""
        for level in levels:
            test.config = copy.copy(base)
            test.config.substitutions = (
                [("%exe", "%t." + level)] + base.substitutions + [("%opt", "-" + level)]
            )
            result = super().execute(test, lit_config)
            if not isinstance(result, lit.Test.Result):
                result = lit.Test.Result(*result)
            output += "At -%s:\n%s\n" % (level, result.output)
            if result.code != lit.Test.PASS:
                break
        test.config = base
        return lit.Test.Result(result.code, output)
