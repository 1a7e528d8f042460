import { PageOf } from '../../kernel/http/page';
import { RunDto } from '../get-run/get-run.dto';

export class RunPage extends PageOf(RunDto) {}
