"""Kit: tools that know nothing of charity."""

from pydantic import BaseModel

# A process is asked few of the forms that the whole application knows: each makes its validator when it is
# first used, and not when its module is read. Said here, as whatever declares a form has read this before.
BaseModel.model_config["defer_build"] = True
